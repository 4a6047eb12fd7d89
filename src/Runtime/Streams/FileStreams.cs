using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// Lines of the new text files of a directory: each file once, when it is modified after the stream was defined. Files should be moved in whole;
    /// one that changes after it was taken is not read again. Lines end with LF or CR LF; malformed UTF-8 becomes U+FFFD.
    /// </summary>
    /// <param name="directory">The directory, or a pattern with <c>*</c> and <c>?</c> that names directories. It need not exist yet.</param>
    /// <param name="options">Which files; null for the defaults.</param>
    public DStream<string> TextFileStream(string directory, FileStreamOptions? options = null)
    {
        var input = new FileInput<string>("TextFileStream", directory, options, _time.GetUtcNow(), static pool => new StringLineBuffer(pool));
        return AddInput(input, input.Node);
    }

    /// <summary>The same as <see cref="TextFileStream"/> with lines as UTF-8 in the block's memory, as they stand in the file.</summary>
    /// <param name="directory">The directory, or a pattern with <c>*</c> and <c>?</c> that names directories. It need not exist yet.</param>
    /// <param name="options">Which files; null for the defaults.</param>
    public DStream<Utf8Slice> Utf8FileStream(string directory, FileStreamOptions? options = null)
    {
        var input = new FileInput<Utf8Slice>("Utf8FileStream", directory, options, _time.GetUtcNow(), static pool => new Utf8LineBuffer(pool));
        return AddInput(input, input.Node);
    }
}
